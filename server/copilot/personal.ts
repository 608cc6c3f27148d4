import type { Language } from "#contract";

const MASKS: Record<Language, { email: string; card: string; phone: string; number: string }> = {
  es: { email: "[correo]", card: "[tarjeta]", phone: "[teléfono]", number: "[número]" },
  en: { email: "[e-mail]", card: "[card]", phone: "[phone]", number: "[number]" },
};

/** Written, or spoken as a recogniser writes it: «juan arroba correo punto es». */
const EMAIL = /[^\s@<>]{1,64}(?:@| (?:arroba|at) )[^\s@<>]{1,190}(?:\.| (?:punto|dot) )[a-z]{2,24}\b/gi;
/** Nine digits or more, however they are grouped: phones, payment cards, accounts. */
const LONG_NUMBER = /\+?\d(?:[ ()./-]{0,2}\d){8,}/g;

/** The check digit of payment cards. */
function luhn(digits: string): boolean {
  const sum = Array.from(digits)
    .toReversed()
    .reduce((total, digit, i) => {
      const value = i % 2 === 0 ? Number(digit) : Number(digit) * 2;
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}

/** Replaces payment cards, e-mail addresses and phone numbers, so that no prompt, row or log holds them. */
export function maskPersonal(text: string, language: Language): string {
  const masks = MASKS[language];
  return text.replace(EMAIL, masks.email).replace(LONG_NUMBER, (found) => {
    const digits = found.replace(/\D/g, "");
    if (digits.length >= 13 && digits.length <= 19 && luhn(digits)) return masks.card;
    return digits.length <= 15 ? masks.phone : masks.number;
  });
}
