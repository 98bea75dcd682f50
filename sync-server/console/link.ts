import { type JoiningLinkName, joiningLinkSchema } from "#protocol/hq/access.ts";

/** A one-time link that was opened: one that signs the demo's admin in, or one by which a password is chosen. */
export interface OpenedLink {
  readonly kind: "signIn" | JoiningLinkName;
  readonly token: string;
}

const LINK = /^#(\w+)=([A-Za-z0-9_-]{20,100})$/;

/** The link that the address holds, which is taken out of it at once; null where it holds none. What stands after `#` never travels to a server. */
export function takeLink(): OpenedLink | null {
  const [, named = "", token = ""] = LINK.exec(window.location.hash) ?? [];
  const joining = joiningLinkSchema.safeParse(named);
  const kind = named === "signIn" ? named : joining.data;
  if (kind === undefined) return null;
  window.history.replaceState(null, "", window.location.pathname);
  return { kind, token };
}
