import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { Button } from "./button.tsx";

/** A dialog over the page. Escape, the cross and a press outside close it. */
export function Sheet({
  title,
  closeLabel,
  isWide = false,
  onClose,
  children,
}: {
  readonly title: string;
  readonly closeLabel: string;
  /** Two things stand beside each other in it. */
  readonly isWide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <ModalOverlay
      isOpen
      isDismissable
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
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
