import type { Catalogue } from "../catalogue.ts";

const NO_BREAK = "\u00a0";

/** French sets a space before : ; ? ! % and inside « », and no line may break there: the same words with spaces that hold. */
export function withFirmSpaces(words: Catalogue): Catalogue {
  const firm = Object.entries(words).map(([key, text]) => [
    key,
    text.replace(/ (?=[:;?!%»])|(?<=«) /g, NO_BREAK),
  ]);
  // The keys are those of the words that came in, which the type of entries does not carry.
  return Object.fromEntries(firm) as Catalogue;
}
