import type { CaseId, ImageHash } from "../ids.ts";
import type { CaseAct, CaseOpening } from "./case.ts";

export const PHOTO_KINDS = ["image/jpeg", "image/webp"] as const;

/** A photo as the journal carries it. `hash` is the SHA-256 of its bytes, by which everybody else names it. */
export interface CasePhoto {
  readonly hash: ImageHash;
  readonly mime: (typeof PHOTO_KINDS)[number];
  /** base64 */
  readonly bytes: string;
}

/** What happens to cases at a till, as the journal says it. */
export type CaseFact =
  | { readonly type: "case.opened"; readonly opening: CaseOpening; readonly photos: readonly CasePhoto[] }
  | {
      readonly type: "case.noted";
      readonly case: CaseId;
      readonly act: CaseAct;
      readonly photos: readonly CasePhoto[];
    };
