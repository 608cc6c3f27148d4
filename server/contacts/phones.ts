import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js/min";
import { Bounded } from "../db/remember.ts";

/** Reads a phone as people write it; E.164 such as `+34612345678`, or null where there is no such phone. */
export type ReadPhone = (typed: string) => string | null;

/** People call again and again, and reading a phone takes longer than writing down the call. */
const MOST = 10_000;

/** @param country ISO 3166, in which phones without a country code are */
export function phoneReader(country: string): ReadPhone {
  const read = new Bounded<string | null>(MOST);
  const reading = (typed: string): string | null => {
    const phone = parsePhoneNumberFromString(typed, {
      defaultCountry: country as CountryCode,
      extract: false,
    });
    return phone?.isValid() ? phone.number : null;
  };
  return (typed) => {
    let phone = read.get(typed);
    if (phone === undefined) read.set(typed, (phone = reading(typed)));
    return phone;
  };
}
