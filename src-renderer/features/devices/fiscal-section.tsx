import { useEffect, useState } from "react";
import type { VerbArgs } from "#protocol/till/contract.ts";
import type { FiscalDeviceView } from "#protocol/till/fiscal.ts";
import { ManagerSheet } from "../../app/manager-sheet.tsx";
import { ask, tell, useTill } from "../../app/till.ts";
import { refusalWords, t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";

type Wish = Pick<VerbArgs<"setUpFiscalDevice">, "device">;
const SIMULATOR: Wish = { device: { kind: "simulator" } };

/** Of a serial number so many characters are enough to tell two devices apart. */
const SHOWN_OF_SERIAL = 8;

/** The fiscal device of this till: whether there is one, and whether it signs. */
export function FiscalSection() {
  const mayAlone = useTill(
    ({ session }) => session?.state === "open" && session.permissions.includes("devices.setUp"),
  );
  const [shown, show] = useState<FiscalDeviceView | null>(null);
  /** What a manager is to allow. */
  const [wanted, want] = useState<Wish | null>(null);
  useEffect(() => {
    void ask("fiscalDevice", {}).then((answer) => answer !== null && show(answer));
  }, []);
  async function setUp(wish: Wish, approval: VerbArgs<"setUpFiscalDevice">["approval"]) {
    const answer = await ask("setUpFiscalDevice", { ...wish, approval });
    if (answer?.ok === true) {
      show(answer.value);
      tell("done", t("fiscal.saved"));
    }
    return answer;
  }
  if (shown === null) return null;
  const save = (wish: Wish): void => {
    if (mayAlone) void setUp(wish, null);
    else want(wish);
  };
  const isSetUp = shown.device !== null;
  return (
    <section aria-labelledby="devices-fiscal" className="flex flex-col gap-3">
      <h3 id="devices-fiscal" className="font-bold text-lg">
        {t("fiscal.title")}
      </h3>
      {isSetUp ? <p>{t("fiscal.simulator")}</p> : null}
      <p
        role="status"
        className={shown.device?.state === "failed" ? "font-semibold text-danger" : "text-ink-soft"}
      >
        {stateText(shown)}
      </p>
      <div className="flex flex-wrap gap-3">
        {isSetUp ? (
          <>
            <Button
              onClick={() => void ask("fiscalDevice", {}).then((answer) => answer !== null && show(answer))}
            >
              {t("fiscal.test")}
            </Button>
            <Button onClick={() => save({ device: null })}>{t("fiscal.remove")}</Button>
          </>
        ) : (
          <Button onClick={() => save(SIMULATOR)}>{t("fiscal.setUp")}</Button>
        )}
      </div>
      {wanted === null ? null : (
        <AllowSheet onAllow={(approval) => setUp(wanted, approval)} onClose={() => want(null)} />
      )}
    </section>
  );
}

function stateText({ device }: FiscalDeviceView): string {
  if (device === null) return t("fiscal.none");
  if (device.state === "failed") return t("fiscal.failed", { why: t(`fiscal.why.${device.why}`) });
  const { serial, counter, transactions } = device;
  return t("fiscal.works", { serial: serial.slice(0, SHOWN_OF_SERIAL), counter, transactions });
}

function AllowSheet({
  onAllow,
  onClose,
}: {
  readonly onAllow: (
    approval: NonNullable<VerbArgs<"setUpFiscalDevice">["approval"]>,
  ) => Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: string } | null>;
  readonly onClose: () => void;
}) {
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <ManagerSheet
      title={t("fiscal.allow")}
      quickReasons={[t("fiscal.reason")]}
      problem={problem}
      confirm={t("fiscal.allow")}
      onAllow={async ({ manager, pin }) => {
        const answer = await onAllow({ manager, pin });
        if (answer?.ok === true) onClose();
        else if (answer !== null) setProblem(refusalWords(answer.reason));
      }}
      onClose={onClose}
    >
      <p className="text-ink-soft">{t("fiscal.simulator")}</p>
    </ManagerSheet>
  );
}
