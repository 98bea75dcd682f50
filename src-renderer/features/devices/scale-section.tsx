import { useState } from "react";
import { type CounterSetup, SCALE_LANGUAGES } from "#protocol/till/counter.ts";
import { scaleText, useScale } from "../../app/scale.ts";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { CounterLinkFields, isWholeLink, LineStateText } from "./counter-link.tsx";
import { setUpCounter } from "./counter-store.ts";

/** The scale of this till, and what lies on it. */
export function ScaleSection() {
  const counter = useTill((till) => till.counter);
  if (counter === null) return null;
  const { setup, scale } = counter;
  return (
    <section aria-labelledby="devices-scale" className="flex flex-col gap-3">
      <h3 id="devices-scale" className="font-bold text-lg">
        {t("scale.title")}
      </h3>
      <LineStateText state={scale} />
      {scale === "open" ? <OnScale /> : null}
      <ScaleForm key={JSON.stringify(setup.scale)} kept={setup.scale} />
    </section>
  );
}

function OnScale() {
  return (
    <p role="status" className="figures font-bold text-2xl">
      {scaleText(useScale())}
    </p>
  );
}

function ScaleForm({ kept }: { readonly kept: CounterSetup["scale"] }) {
  const [link, setLink] = useState(kept?.link ?? null);
  const [language, setLanguage] = useState(kept?.language ?? "mt8217");
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void setUpCounter({ scale: link === null ? null : { link, language } }, "scale");
      }}
    >
      <CounterLinkFields link={link} onLink={setLink} />
      {link === null ? null : (
        <SelectField
          label={t("scale.language")}
          options={SCALE_LANGUAGES.map((value) => ({ value, words: t(`scale.language.${value}`) }))}
          chosen={language}
          onChoose={(value) => setLanguage(SCALE_LANGUAGES.find((each) => each === value) ?? "mt8217")}
        />
      )}
      <Button type="submit" disabled={!isWholeLink(link)}>
        {t("counter.save")}
      </Button>
    </form>
  );
}
