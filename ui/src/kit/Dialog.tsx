import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { m } from "../i18n";
import { Button, IconButton } from "./Button";
import { cx } from "./classes";
import { useDialogOpen } from "./dialogs";
import { imeGuard } from "./ime";
import style from "./Dialog.module.css";

export type DialogProps = {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  wide?: boolean;
  role?: "dialog" | "alertdialog";
};

/** Keeps the focus inside and gives it back; Esc closes. */
export function Dialog({ title, isOpen, onClose, children, footer, wide, role = "dialog" }: DialogProps) {
  useDialogOpen(isOpen);
  return (
    <ModalOverlay isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable={role === "dialog"} className={style.scrim}>
      <Modal className={cx(style.modal, wide && style.wide)}>
        <AriaDialog role={role} className={style.dialog} {...imeGuard}>
          <div className={style.head}>
            <Heading slot="title" level={2} className={style.title}>
              {title}
            </Heading>
            <IconButton label={m.kit_close()} icon={<X aria-hidden="true" />} onPress={onClose} keys="Escape" />
          </div>
          <div className={style.body}>{children}</div>
          {footer && <div className={style.foot}>{footer}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export type ConfirmDialogProps = {
  /** Names the object and the act: `立案 AJ-2026-1043？` */
  title: string;
  /** The consequence. */
  children: ReactNode;
  isOpen: boolean;
  /** A verb, never 确定. */
  verb: string;
  onConfirm: () => void;
  onClose: () => void;
  tone?: "primary" | "danger";
};

/** Only for acts with legal effect; everything else is done at once and can be undone. */
export function ConfirmDialog({ title, children, isOpen, verb, onConfirm, onClose, tone = "primary" }: ConfirmDialogProps) {
  return (
    <Dialog
      role="alertdialog"
      title={title}
      isOpen={isOpen}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{m.kit_cancel()}</Button>
          <Button
            tone={tone}
            autoFocus
            onPress={() => {
              onClose();
              onConfirm();
            }}
          >
            {verb}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
