import type { Consent } from "./customer.ts";

/** The last word of each purpose: whoever said yes and later no says no. */
export function lastConsents(consents: readonly Consent[]): readonly Consent[] {
  const inOrder = consents.toSorted((a, b) => a.at - b.at);
  return [...new Map(inOrder.map((each) => [each.purpose, each])).values()];
}
