import { MonitorUp } from "lucide-react";
import { useState } from "react";
import { type CounterSetup, POLE_LETTERS } from "#protocol/till/counter.ts";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { CounterLinkFields, isWholeLink, LineStateText } from "./counter-link.tsx";
import { setUpCounter } from "./counter-store.ts";

/** One window, however often it is asked for. */
const WINDOW_NAME = "onetill-display";

/** What customers look at: a window on a second screen, a display of two lines, or both. */
export function DisplaySection() {
  const counter = useTill((till) => till.counter);
  if (counter === null) return null;
  const { setup, pole } = counter;
  return (
    <section aria-labelledby="devices-display" className="flex flex-col gap-3">
      <h3 id="devices-display" className="font-bold text-lg">
        {t("display.title")}
      </h3>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <h4 className="font-semibold">{t("display.window")}</h4>
          <p className="text-ink-soft">{t("display.windowHint")}</p>
        </div>
        <Button
          icon={<MonitorUp aria-hidden size={20} />}
          onClick={() => window.open("/display", WINDOW_NAME, "popup")}
        >
          {t("display.openWindow")}
        </Button>
      </div>
      <h4 className="font-semibold">{t("display.pole")}</h4>
      <LineStateText state={pole} />
      <PoleForm key={JSON.stringify(setup.pole)} kept={setup.pole} />
    </section>
  );
}

function PoleForm({ kept }: { readonly kept: CounterSetup["pole"] }) {
  const [link, setLink] = useState(kept?.link ?? null);
  const [letters, setLetters] = useState(kept?.letters ?? "cp858");
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void setUpCounter({ pole: link === null ? null : { link, letters } }, "pole");
      }}
    >
      <CounterLinkFields link={link} onLink={setLink} />
      {link === null ? null : (
        <SelectField
          label={t("display.letters")}
          options={POLE_LETTERS.map((value) => ({ value, words: t(`display.letters.${value}`) }))}
          chosen={letters}
          onChoose={(value) => setLetters(POLE_LETTERS.find((each) => each === value) ?? "cp858")}
        />
      )}
      <Button type="submit" disabled={!isWholeLink(link)}>
        {t("counter.save")}
      </Button>
    </form>
  );
}
