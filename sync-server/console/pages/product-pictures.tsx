import { ArrowLeft, ArrowRight, ImagePlus, LoaderCircle, X } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import type { ProductPicture } from "#domain/product/catalogue-product.ts";
import { MAX_PICTURES } from "#domain/product/check-product.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { moved } from "../ui/moved.ts";
import { Panel } from "../ui/panel.tsx";
import { TextField } from "../ui/text-field.tsx";
import { problemText } from "./problem-note.tsx";
import type { SectionProps } from "./product-general.tsx";
import { ProductPictureView } from "./product-picture.tsx";

/** Pictures in their order: uploaded, described, dragged or moved by the arrows. */
export function PicturesSection({ draft, change, wrong }: SectionProps) {
  const { product } = useApi();
  const input = useRef<HTMLInputElement>(null);
  const [isUploading, setUploading] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { pictures } = draft.details;
  const put = (next: readonly ProductPicture[]) => {
    const shown = new Set(next.map(({ till }) => till));
    change({
      details: { ...draft.details, pictures: next },
      variants: draft.variants.map((each) =>
        each.image !== null && !shown.has(each.image) ? { ...each, image: null } : each,
      ),
    });
  };
  // What is typed and moved while pictures are on their way stays as it is then.
  const add = ({ till, detail }: Pick<ProductPicture, "till" | "detail">) =>
    change(({ details }) =>
      details.pictures.length >= MAX_PICTURES || details.pictures.some((each) => each.till === till)
        ? {}
        : { details: { ...details, pictures: [...details.pictures, { till, detail, alt: "" }] } },
    );

  async function upload(files: Iterable<File>): Promise<void> {
    setUploading(true);
    setProblem(null);
    for (const file of [...files].slice(0, MAX_PICTURES - pictures.length)) {
      const kept = await product.upload(file);
      if (kept.ok) add(kept.value);
      else setProblem(`${file.name}: ${problemText(kept.reason)}`);
    }
    setUploading(false);
  }

  return (
    <Panel title={t("product.pictures")}>
      <fieldset
        className="p-5"
        aria-label={t("product.dropPictures")}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          if (event.dataTransfer.files.length > 0) void upload(event.dataTransfer.files);
        }}
      >
        <p className="mb-4 text-soft">{t("product.pictures.lead")}</p>
        {pictures.length === 0 && <p className="mb-4">{t("product.noPictures")}</p>}
        <ol
          aria-label={t("product.pictures")}
          className="grid grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-4"
        >
          {pictures.map((picture, at) => (
            <PictureCard
              key={picture.till}
              picture={picture}
              number={at + 1}
              isLast={at === pictures.length - 1}
              wrong={wrong(`pictures.${at}`)}
              onMove={(by) => put(moved(pictures, at, by))}
              onDropped={(from) => {
                const [taken] = pictures.slice(from, from + 1);
                if (taken !== undefined) put(pictures.toSpliced(from, 1).toSpliced(at, 0, taken));
              }}
              onAlt={(alt) => put(pictures.with(at, { ...picture, alt }))}
              onRemove={() => put(pictures.toSpliced(at, 1))}
            />
          ))}
        </ol>
        <div className="mt-4 flex flex-wrap items-center gap-4">
          <Button
            isDisabled={isUploading || pictures.length >= MAX_PICTURES}
            onPress={() => input.current?.click()}
          >
            {isUploading ? (
              <LoaderCircle aria-hidden size={18} className="motion-safe:animate-spin" />
            ) : (
              <ImagePlus aria-hidden size={18} />
            )}
            {t(isUploading ? "product.uploading" : "product.addPictures")}
          </Button>
          {problem !== null && (
            <p role="alert" className="text-danger">
              {problem}
            </p>
          )}
        </div>
        <input
          ref={input}
          type="file"
          accept="image/png,image/jpeg,image/webp"
          multiple
          hidden
          onChange={(event) => {
            void upload(event.target.files ?? []).then(() => {
              if (input.current !== null) input.current.value = "";
            });
          }}
        />
      </fieldset>
    </Panel>
  );
}

const DRAGGED = "application/x-onetill-picture";

function PictureCard({
  picture,
  number,
  isLast,
  wrong,
  onMove,
  onDropped,
  onAlt,
  onRemove,
}: {
  readonly picture: ProductPicture;
  readonly number: number;
  readonly isLast: boolean;
  readonly wrong: string | null;
  readonly onMove: (by: 1 | -1) => void;
  /** Another one was dragged here, from that place. */
  readonly onDropped: (from: number) => void;
  readonly onAlt: (alt: string) => void;
  readonly onRemove: () => void;
}) {
  const drop = (event: DragEvent) => {
    const from = event.dataTransfer.getData(DRAGGED);
    if (from === "") return;
    event.preventDefault();
    event.stopPropagation();
    onDropped(Number(from));
  };
  return (
    <li
      draggable
      onDragStart={(event) => event.dataTransfer.setData(DRAGGED, String(number - 1))}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
      className="rounded-xl border border-line p-3"
    >
      <ProductPictureView hash={picture.till} alt={picture.alt} className="h-36 w-full rounded-lg" />
      <div className="my-2 flex justify-between">
        <span className="flex">
          <Button
            look="quiet"
            className="px-2.5"
            aria-label={t("product.pictureUp", { number })}
            isDisabled={number === 1}
            onPress={() => onMove(-1)}
          >
            <ArrowLeft aria-hidden size={18} />
          </Button>
          <Button
            look="quiet"
            className="px-2.5"
            aria-label={t("product.pictureDown", { number })}
            isDisabled={isLast}
            onPress={() => onMove(1)}
          >
            <ArrowRight aria-hidden size={18} />
          </Button>
        </span>
        <Button
          look="quiet"
          className="px-2.5"
          aria-label={t("product.pictureRemove", { number })}
          onPress={onRemove}
        >
          <X aria-hidden size={18} />
        </Button>
      </div>
      <TextField label={t("product.alt", { number })} wrong={wrong} value={picture.alt} onChange={onAlt} />
    </li>
  );
}
