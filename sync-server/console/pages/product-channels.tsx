import { type ChannelId, idOf } from "#domain/ids.ts";
import type { ChannelTexts } from "#domain/product/catalogue-product.ts";
import { t } from "../translate.ts";
import { FieldGroup } from "../ui/field-group.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { Panel } from "../ui/panel.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { TextField } from "../ui/text-field.tsx";
import { type SectionProps, STATUSES } from "./product-general.tsx";

const AS_PRODUCT: ChannelTexts = { status: null, title: null, description: null };

/** What each web shop says and does otherwise. */
export function ChannelsSection({ draft, change, choices, wrong }: SectionProps) {
  const { channels } = draft.details;
  const put = (id: ChannelId, changes: Partial<ChannelTexts>) => {
    const texts = { ...(channels[id] ?? AS_PRODUCT), ...changes };
    const { [id]: _, ...others } = channels;
    const saysNothing = texts.status === null && texts.title === null && texts.description === null;
    change({ details: { ...draft.details, channels: saysNothing ? others : { ...others, [id]: texts } } });
  };
  const names = new Map<string, string>(choices.channels.map(({ id, name }) => [id, name]));
  for (const id of Object.keys(channels)) if (!names.has(id)) names.set(id, id);
  return (
    <Panel title={t("product.channels")}>
      <div className="space-y-6 p-5">
        <p className="text-soft">{t(names.size === 0 ? "product.channels.none" : "product.channels.lead")}</p>
        {[...names].map(([key, channel]) => {
          const id = idOf<"Channel">(key);
          const texts = channels[id] ?? AS_PRODUCT;
          return (
            <FieldGroup key={key} title={channel}>
              <LabelledSelect
                label={t("product.channelStatus", { channel })}
                value={texts.status ?? ""}
                choices={[
                  { value: "", text: t("product.asProduct") },
                  ...STATUSES.map((value) => ({ value, text: t(`product.status.${value}`) })),
                ]}
                onChange={(status) => put(id, { status: status === "" ? null : status })}
              />
              <TextField
                label={t("product.channelTitle", { channel })}
                wrong={wrong(`channels.${key}.title`)}
                value={texts.title ?? ""}
                onChange={(title) => put(id, { title: title === "" ? null : title })}
              />
              <TextArea
                label={t("product.channelDescription", { channel })}
                maxLength={20_000}
                value={texts.description ?? ""}
                onChange={(description) => put(id, { description: description === "" ? null : description })}
              />
            </FieldGroup>
          );
        })}
      </div>
    </Panel>
  );
}
