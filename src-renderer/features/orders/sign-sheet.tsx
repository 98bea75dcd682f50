import { Eraser, Keyboard, PenLine } from "lucide-react";
import { type FormEvent, useState } from "react";
import {
  isSigned,
  MAX_SIGNER_CHARS,
  SIGNATURE_BOX,
  type Stroke,
  signaturePath,
} from "#domain/orders/signature.ts";
import type { OrderCard } from "#protocol/till/orders.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { DrawPad } from "../../ui/draw-pad.tsx";
import { Field } from "../../ui/field.tsx";
import { Segments } from "../../ui/segments.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { leaveSigning, sign, useHandOut } from "./hand-out.ts";

/** The customer says that they got it: by a signature with finger, pen or mouse, or by their name, typed. */
export function SignSheet({ card }: { readonly card: OrderCard }) {
  const collector = useHandOut((state) => state.collector.trim());
  const [how, setHow] = useState<"drawn" | "typed">("drawn");
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const [name, setName] = useState(collector === "" ? card.customerName : collector);
  const isEnough = how === "drawn" ? isSigned(strokes) : name.trim() !== "";

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!isEnough) return;
    const signature =
      how === "drawn"
        ? ({ kind: "drawn", path: signaturePath(strokes) } as const)
        : ({ kind: "typed", name: name.trim() } as const);
    void sign(card, signature);
  }

  return (
    <Sheet
      title={t("orders.sign.title", { number: card.number })}
      closeLabel={t("app.close")}
      onClose={leaveSigning}
      width="wide"
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <p className="text-lg">
          {t("orders.sign.lead", { name: collector === "" ? card.customerName : collector })}
        </p>
        <Segments
          segments={[
            { value: "drawn", words: t("orders.sign.draw"), icon: <PenLine aria-hidden size={20} /> },
            { value: "typed", words: t("orders.sign.type"), icon: <Keyboard aria-hidden size={20} /> },
          ]}
          chosen={how}
          onChoose={setHow}
        />
        {how === "drawn" ? (
          <DrawPad
            label={t(strokes.length === 0 ? "orders.sign.empty" : "orders.sign.begun")}
            box={SIGNATURE_BOX}
            strokes={strokes}
            onStrokes={setStrokes}
          >
            <span className="absolute inset-x-8 bottom-[22%] border-line border-b-2" />
          </DrawPad>
        ) : (
          <Field
            label={t("orders.sign.name")}
            value={name}
            autoComplete="off"
            maxLength={MAX_SIGNER_CHARS}
            onChange={(event) => setName(event.target.value)}
          />
        )}
        <div className="grid grid-cols-[auto_1fr] gap-3">
          <Button
            size="huge"
            icon={<Eraser aria-hidden />}
            disabled={how === "drawn" ? strokes.length === 0 : name === ""}
            onClick={() => (how === "drawn" ? setStrokes([]) : setName(""))}
          >
            {t("orders.sign.clear")}
          </Button>
          <Button type="submit" look="primary" size="huge" disabled={!isEnough}>
            {t("orders.sign.done")}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
