import { MAX_PASSWORD_CHARS, MIN_PASSWORD_CHARS, type PasswordFlaw } from "#domain/access/password.ts";
import { Refusal } from "./errors.ts";

const WORDS: Readonly<Record<PasswordFlaw, string>> = {
  tooShort: `A password has ${MIN_PASSWORD_CHARS} characters at least. Three or four words do well.`,
  tooLong: `A password has ${MAX_PASSWORD_CHARS} characters at most.`,
  personal: "This password is little more than your name or your e-mail address.",
  common: "This password is among the first that anybody would try.",
};

/** Says why somebody cannot have a password. */
export function passwordRefusal(flaw: PasswordFlaw): Refusal {
  return new Refusal("badRequest", WORDS[flaw], [flaw]);
}
