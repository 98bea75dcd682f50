import { createContext, useContext } from "react";
import { Api } from "./api.ts";

export interface SignedIn {
  readonly api: Api;
  signOut(): void;
}

export const SignedInContext = createContext<SignedIn>({ api: new Api(""), signOut: () => undefined });

export function useApi(): Api {
  return useContext(SignedInContext).api;
}

export function useSignOut(): () => void {
  return useContext(SignedInContext).signOut;
}
