const PAIRING = /^(https?:\/\/[^\s#]+?)\/?#pair=([0-9A-Z]{4}-?[0-9A-Z]{4})$/i;

/** Where a till is paired, and with which one-time code. */
export interface Pairing {
  readonly server: string;
  readonly code: string;
}

/** What the QR code of a pairing says, and what can be pasted into a till. */
export function pairingText({ server, code }: Pairing): string {
  return `${server}/#pair=${code}`;
}

/** Null for a text that is none, as a code that is scanned by itself. */
export function readPairingText(text: string): Pairing | null {
  const found = PAIRING.exec(text.trim());
  const [, server, code] = found ?? [];
  return server === undefined || code === undefined ? null : { server, code: code.toUpperCase() };
}
