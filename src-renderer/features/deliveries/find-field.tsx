import { useEffect, useRef, useState } from "react";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { articlesLike, takeFirstLike } from "./deliveries-store.ts";
import type { Article } from "./pieces.ts";

/** Finds an article whose code cannot be scanned. */
export function FindField({ onFound }: { readonly onFound: (article: Article) => void }) {
  const [text, setText] = useState("");
  /** What is written, ahead of its being drawn. */
  const written = useRef("");
  const [found, setFound] = useState<readonly Article[]>([]);
  useEffect(() => {
    let isCurrent = true;
    void articlesLike(text).then((articles) => {
      if (isCurrent) setFound(articles);
    });
    return () => {
      isCurrent = false;
    };
  }, [text]);
  const write = (now: string): void => {
    written.current = now;
    setText(now);
  };
  const take = (article: Article): void => {
    write("");
    onFound(article);
  };
  return (
    <div className="flex flex-col gap-2">
      <Field
        label={t("goods.find")}
        value={text}
        autoComplete="off"
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          // Enter takes the best one and is no wish to send the form.
          event.preventDefault();
          // Asked for anew: Enter may follow right upon the last letter, and means what is written.
          void takeFirstLike(written.current, { isStillWritten: (asked) => asked === written.current, take });
        }}
      />
      {found.length === 0 ? null : (
        <ul className="flex flex-col gap-1">
          {found.map((article) => (
            <li key={article.variant}>
              <Button className="w-full justify-start! text-start" onClick={() => take(article)}>
                <bdi>{article.name}</bdi>
                <span className="figures text-ink-soft text-sm">{article.sku}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
