// What the controls say. The label comes with the ad, in the reader's language.
const WORDS = {
  en: {
    by: (name) => `Ad by ${name}`, payer: (payer) => `Paid for by ${payer}`, why: 'Why this ad?',
    hide: 'Hide this ad', hideAll: (name) => `Hide all from ${name}`, hidden: 'You will not see this ad again.',
    more: 'Ad choices', undo: 'Undo, or see why',
  },
  ar: {
    by: (name) => `إعلان من ${name}`, payer: (payer) => `الجهة الدافعة: ${payer}`, why: 'لماذا هذا الإعلان؟',
    hide: 'إخفاء هذا الإعلان', hideAll: (name) => `إخفاء كل إعلانات ${name}`, hidden: 'لن ترى هذا الإعلان بعد الآن.',
    more: 'خيارات الإعلان', undo: 'التراجع، أو معرفة السبب',
  },
};

export const languageOf = (element) =>
  (element.closest('[lang]')?.lang || navigator.language || 'en').toLowerCase().startsWith('ar') ? 'ar' : 'en';

export const wordsIn = (language) => WORDS[language] ?? WORDS.en;
