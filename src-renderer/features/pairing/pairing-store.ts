import { create } from "zustand";
import { readPairingText } from "#protocol/codes/pairing-text.ts";
import { client } from "../../app/till.ts";
import { whyUnanswered } from "../../app/till-client.ts";
import { isKey, refusalWords, t } from "../../i18n/translate.ts";

interface Pairing {
  readonly server: string;
  readonly code: string;
  readonly busy: boolean;
  readonly problem: string | null;
}

export const usePairing = create<Pairing>(() => ({
  server: "",
  code: "",
  busy: false,
  problem: null,
}));

/** What HQ shows as a QR code, pasted here, fills in both. */
export function typeServer(server: string): void {
  if (takePairing(server)) return;
  usePairing.setState({ server: server.trim(), problem: null });
}

/** Codes are read aloud and typed; case and blanks do not matter. Scanned or pasted as HQ's QR code says it, the server is filled in as well. */
export function typeCode(code: string): void {
  if (takePairing(code)) return;
  usePairing.setState({ code: code.toUpperCase().replace(/\s/g, ""), problem: null });
}

function takePairing(text: string): boolean {
  const pairing = readPairingText(text);
  if (pairing !== null) usePairing.setState({ ...pairing, problem: null });
  return pairing !== null;
}

/** Makes this machine a till. When it worked, the session says so and the screen changes by itself. */
export async function pair(): Promise<void> {
  const { server, code, busy } = usePairing.getState();
  if (busy) return;
  if (!/^https?:\/\//.test(server) || !URL.canParse(server))
    return usePairing.setState({ problem: t("pairing.refused.badAddress") });
  usePairing.setState({ busy: true, problem: null });
  try {
    const answer = await client.call("pair", { server, code });
    usePairing.setState({ problem: answer.ok ? null : whyNot(answer.reason) });
  } catch (error) {
    usePairing.setState({ problem: refusalWords(whyUnanswered(error)) });
  } finally {
    usePairing.setState({ busy: false });
  }
}

function whyNot(reason: string): string {
  const key = `pairing.refused.${reason}`;
  return isKey(key) ? t(key) : t("refused.internal");
}
