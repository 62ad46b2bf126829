// Writes consent strings of the IAB's JavaScript libraries, each with what went into it, for PrivacyTest:
//
//   npm ci && node make.mjs > ../../server/src/test/resources/openrtb/consent.tsv
//
// The same every time: a small generator with a fixed seed stands for chance.
import * as tcf23 from '@iabtechlabtcf/core';
import * as tcf22 from '@iabtcf/core';
import { GppModel } from '@iabgpp/cmpapi';

let state = 20260302;
const below = (n) => { state = (Math.imul(state, 1103515245) + 12345) >>> 0; return Math.floor(state / 65536) % n; };
const some = (all, oneIn) => all.filter(() => below(oneIn) > 0);
const numbers = (n) => Array.from({ length: n }, (_, i) => i + 1);

const vendors = Object.fromEntries(numbers(40).map((id) => [id, {
  id, name: `Vendor ${id}`, purposes: [1, 2, 7], legIntPurposes: [], flexiblePurposes: [], specialPurposes: [], features: [],
  specialFeatures: [], policyUrl: 'https://vendor.example',
}]));
const list = {
  gvlSpecificationVersion: 3, vendorListVersion: 150, tcfPolicyVersion: 5, lastUpdated: '2026-01-08T16:00:00Z',
  purposes: Object.fromEntries(numbers(11).map((id) => [id, { id, name: '', description: '', illustrations: [] }])),
  specialPurposes: {}, features: {}, specialFeatures: {}, stacks: {}, dataCategories: {}, vendors,
};

function tcf({ TCModel, TCString, GVL }) {
  const model = new TCModel(new GVL(list));
  Object.assign(model, { cmpId: 3, cmpVersion: 1, consentScreen: 1, isServiceSpecific: true, policyVersion: 5 });
  model.created = model.lastUpdated = new Date('2026-03-02T00:00:00Z');
  const purposes = some(numbers(11), 5);
  const consented = some(numbers(40), 3);
  const disclosed = some(numbers(40), 4);
  model.purposeConsents.set(purposes);
  model.vendorConsents.set(consented);
  model.vendorsDisclosed.set(disclosed);
  return [TCString.encode(model), purposes, consented, disclosed];
}

const row = (...cells) => console.log(cells.map((cell) => (Array.isArray(cell) ? cell.join(',') : cell)).join('\t'));
for (let i = 0; i < 60; i++) row('tcf-2.3', ...tcf(tcf23));
for (let i = 0; i < 20; i++) row('tcf-2.2', ...tcf(tcf22));

// US sections: 0 does not apply, 1 opted out, 2 did not.
const SECTIONS = { usnat: 7, usca: 8, usva: 9, usco: 10, usut: 11, usct: 12, usfl: 13, usmt: 14, usor: 15, ustx: 16, usde: 17,
  usia: 18, usne: 19, usnh: 20, usnj: 21, ustn: 22 };
for (const [name, id] of Object.entries(SECTIONS)) {
  for (const sale of [0, 1, 2]) {
    const model = new GppModel();
    model.setFieldValue(name, 'SaleOptOut', sale);
    const field = model.hasField(name, 'TargetedAdvertisingOptOut') ? 'TargetedAdvertisingOptOut' : 'SharingOptOut';
    model.setFieldValue(name, field, 2);
    row('gpp', model.encode(), String(id), sale === 1 ? 'opted-out' : 'not');
  }
}
for (const usp of ['1YNN', '1YYN', '1---', '1NNN']) {
  const model = new GppModel();
  model.setFieldValue('uspv1', 'Version', 1);
  model.setFieldValue('uspv1', 'Notice', usp[1]);
  model.setFieldValue('uspv1', 'OptOutSale', usp[2]);
  model.setFieldValue('uspv1', 'LspaCovered', usp[3]);
  row('gpp', model.encode(), '6', usp[2] === 'Y' ? 'opted-out' : 'not');
}
