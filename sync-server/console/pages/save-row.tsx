import { useRef, useState } from "react";
import type { Right } from "#domain/access/rights.ts";
import type { Answer } from "../ask.ts";
import type { OnceIds } from "../once-ids.ts";
import { useMay } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { OnTills } from "./on-tills.tsx";
import { problemText } from "./problem-note.tsx";

interface Saving {
  readonly state: "idle" | "busy" | "saved" | { readonly complaint: string };
  /** Does nothing while something is being saved: what is pressed twice is saved once. */
  save(act: () => Promise<Answer<unknown>>): void;
  /**
   * As `save`, of what is done besides when it is asked again under another id. Whoever wishes something else while what was wished before may have been
   * done is told so first, in the words `inDoubt`.
   */
  saveOnce(
    of: { readonly ids: OnceIds; readonly wish: readonly unknown[]; readonly inDoubt: string },
    act: (id: string) => Promise<Answer<unknown>>,
  ): void;
  complain(words: string): void;
  /** Something was changed: what was said of it is no news any more. */
  forget(): void;
}

/** How the saving of a form goes. */
export function useSaving(): Saving {
  const [state, setState] = useState<Saving["state"]>("idle");
  const isUnderWay = useRef(false);
  const isChanged = useRef(false);
  const complain = (complaint: string) => setState({ complaint });
  function save(act: () => Promise<Answer<unknown>>): void {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    isChanged.current = false;
    setState("busy");
    void act()
      .then(
        (answer) => {
          if (!answer.ok) complain(problemText(answer.reason));
          // What was typed while it was being saved is not.
          else setState(isChanged.current ? "idle" : "saved");
        },
        (error: unknown) => {
          complain(problemText({ kind: "strange" }));
          throw error;
        },
      )
      .finally(() => {
        isUnderWay.current = false;
      });
  }
  return {
    state,
    save,
    saveOnce({ ids, wish, inDoubt }, act) {
      if (ids.isInDoubt(wish)) complain(inDoubt);
      else save(() => ids.ask(wish, act));
    },
    complain,
    forget() {
      isChanged.current = true;
      if (!isUnderWay.current) setState("idle");
    },
  };
}

/** Why it was not saved, for a form that has nothing to say where it was; nothing where all is well. */
export function Complaint({ saving: { state } }: { readonly saving: Saving }) {
  if (typeof state !== "object") return null;
  return (
    <p role="alert" className="text-danger">
      {state.complaint}
    </p>
  );
}

/** The button that saves a form, and what came of it. */
export function SaveRow({
  saving,
  done,
  label = t("common.save"),
  feed,
  seq = null,
  right = null,
  isWaiting = false,
}: {
  readonly saving: Saving;
  readonly done: string;
  /** Where there is another form beside this one. */
  readonly label?: string;
  /** The feed that brings it to the tills (`on-tills.tsx`): says on how many of them it is once it was saved. */
  readonly feed?: string;
  /** Where in the feed what was saved stands, as the server said; null: it did not. */
  readonly seq?: number | null;
  /** What saving takes: whoever has it not only reads the form. */
  readonly right?: Right | null;
  /** What the form begins from has not come yet. */
  readonly isWaiting?: boolean;
}) {
  const { state } = saving;
  if (!useMay(right)) return null;
  return (
    <div className="col-span-full flex flex-wrap items-center justify-end gap-4">
      {typeof state === "object" ? (
        <Complaint saving={saving} />
      ) : (
        <p role="status" className="text-soft">
          {state === "saved" ? done : ""}
        </p>
      )}
      {state === "saved" && feed !== undefined && <OnTills feed={feed} seq={seq} />}
      <Button type="submit" look="primary" isDisabled={state === "busy" || isWaiting}>
        {label}
      </Button>
    </div>
  );
}
