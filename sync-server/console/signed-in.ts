import { createContext, useContext } from "react";
import type { Right } from "#domain/access/rights.ts";
import type { SessionAnswer } from "#protocol/hq/access.ts";
import { Api } from "./api.ts";

export interface SignedIn {
  readonly api: Api;
  readonly session: SessionAnswer;
  /** Asks anew who is signed in and what they may do. */
  refresh(): void;
  signOut(): void;
  /** The server said that the session has ended. */
  ended(): void;
}

const nothing = () => undefined;
const NOBODY: SessionAnswer = { user: null, name: "", rights: [], stores: [], endsAt: null };

export const SignedInContext = createContext<SignedIn>({
  api: new Api(),
  session: NOBODY,
  refresh: nothing,
  signOut: nothing,
  ended: nothing,
});

export function useApi(): Api {
  return useContext(SignedInContext).api;
}

export function useSignedIn(): SignedIn {
  return useContext(SignedInContext);
}

/** What to call where the server says that the session has ended. */
export function useSignOut(): () => void {
  return useContext(SignedInContext).ended;
}

/** The name that whoever is signed in decides things under. */
export function useOwnName(): string {
  return useContext(SignedInContext).session.name;
}

/** Whether whoever is signed in has a right, null is everybody's; `everywhere`: and works for all stores, whom what concerns them all takes. */
export function useMay(
  right: Right | null,
  { everywhere = false }: { readonly everywhere?: boolean } = {},
): boolean {
  const { session } = useContext(SignedInContext);
  if (everywhere && session.stores !== null) return false;
  return right === null || session.rights.includes(right);
}
