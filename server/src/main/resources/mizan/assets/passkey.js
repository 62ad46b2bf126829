/* Passkeys: fills in a form with what the device answers, and sends it. The one thing of the console that needs a
   script; passwords do without. The challenge and the domain stand in the form. */
addEventListener('DOMContentLoaded', () => {
  const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0));
  const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const json = made => JSON.stringify(made.toJSON ? made.toJSON() : {
    id: made.id, rawId: text(made.rawId), type: made.type, clientExtensionResults: made.getClientExtensionResults(),
    response: made.response.attestationObject
      ? { clientDataJSON: text(made.response.clientDataJSON), attestationObject: text(made.response.attestationObject), transports: [] }
      : { clientDataJSON: text(made.response.clientDataJSON), authenticatorData: text(made.response.authenticatorData),
          signature: text(made.response.signature), userHandle: made.response.userHandle ? text(made.response.userHandle) : undefined },
  });
  const field = (form, name) => form.querySelector(`[name=${name}]`);
  const make = form => navigator.credentials.create({ publicKey: {
    challenge: bytes(form.dataset.challenge), rp: { id: form.dataset.domain, name: document.title },
    user: { id: crypto.getRandomValues(new Uint8Array(16)), name: field(form, 'login')?.value || form.dataset.login, displayName: field(form, 'name')?.value || form.dataset.login },
    pubKeyCredParams: [{ type: 'public-key', alg: -7 }, { type: 'public-key', alg: -257 }, { type: 'public-key', alg: -8 }],
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' }, attestation: 'none',
  } });
  const get = form => navigator.credentials.get({ publicKey: {
    challenge: bytes(form.dataset.challenge), rpId: form.dataset.domain, userVerification: 'required' } });
  /** A form that asks beside other fields has names of its own. */
  const own = (form, name) => field(form, (form.dataset.prefix ?? '') + name);
  document.querySelectorAll('form[data-passkey]').forEach(form => {
    const button = form.querySelector('[data-act=passkey]');
    if (!window.PublicKeyCredential || !isSecureContext) return;
    [form, ...form.querySelectorAll('[data-passkey-only]')].forEach(e => { e.hidden = e.matches('[data-failed]'); });
    button.addEventListener('click', async () => {
      const needed = [...form.querySelectorAll('[data-needed]')];
      if (needed.some(e => !e.reportValidity())) return;
      button.disabled = true;
      try {
        const made = await (form.dataset.passkey === 'make' ? make(form) : get(form));
        own(form, 'passkey').value = json(made); own(form, 'passkey_id').value = made.id;
        form.noValidate = true; form.submit();
      } catch (e) {
        button.disabled = false;
        const said = form.querySelector('[data-failed]'); if (said) { said.hidden = false; said.focus(); }
      }
    });
  });
});
