import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js/min";

/** Reads a phone as people write it; E.164 such as `+34612345678`, or null where there is no such phone. */
export type ReadPhone = (typed: string) => string | null;

/** @param country ISO 3166, in which phones without a country code are */
export const phoneReader =
  (country: string): ReadPhone =>
  (typed) => {
    const phone = parsePhoneNumberFromString(typed, {
      defaultCountry: country as CountryCode,
      extract: false,
    });
    return phone?.isValid() ? phone.number : null;
  };
