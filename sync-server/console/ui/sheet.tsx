import { X } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { Button } from "./button.tsx";

const SEARCHES = "[type=search], [role=combobox]";

/** A dialog over the page. Escape and the cross close it; a press outside does where nothing is lost by it: nothing was typed, nothing is told once. */
export function Sheet({
  title,
  closeLabel,
  isWide = false,
  isHeld = false,
  onClose,
  children,
}: {
  readonly title: string;
  readonly closeLabel: string;
  /** Two things stand beside each other in it. */
  readonly isWide?: boolean;
  /** What it tells is not told again. */
  readonly isHeld?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const isTyped = useRef(false);
  return (
    <ModalOverlay
      isOpen
      isDismissable
      shouldCloseOnInteractOutside={() => !isHeld && !isTyped.current}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      className="fixed inset-0 z-10 flex items-center justify-center bg-black/50 p-6"
    >
      <Modal
        className={`max-h-full w-full overflow-y-auto rounded-3xl border border-line bg-surface shadow-2xl ${isWide ? "max-w-7xl" : "max-w-xl"}`}
      >
        <Dialog className="p-6 outline-none">
          <div className="mb-4 flex items-start justify-between gap-4">
            <Heading slot="title" className="pt-1 font-semibold text-xl">
              {title}
            </Heading>
            <Button look="quiet" aria-label={closeLabel} onPress={onClose} className="-mt-1 -mr-2 px-2.5">
              <X aria-hidden size={20} />
            </Button>
          </div>
          <div
            onInput={({ target }) => {
              // What is searched for is typed again soon.
              if (target instanceof Element && !target.matches(SEARCHES)) isTyped.current = true;
            }}
          >
            {children}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
