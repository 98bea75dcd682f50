import { ENGLISH } from "./messages.ts";

export const GERMAN = ENGLISH;
