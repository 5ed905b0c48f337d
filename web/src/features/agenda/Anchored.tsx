/** Something small beside a point of the screen; on a phone a sheet from below. Closing gives the focus back. */
import { Drawer, Popover } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackCloses } from '@/lib/history/back';
import styles from './Agenda.module.css';

/** Pixels of the window, and what was pressed there. */
export interface Anchor {
  readonly x: number;
  readonly y: number;
  readonly pressed?: HTMLElement;
}

interface Props {
  readonly at: Anchor;
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export const PHONE = '(max-width: 767px)';

export function usePhone(): boolean {
  return useMediaQuery(PHONE, false, { getInitialValueInEffect: false });
}

export function Anchored({ at, label, onClose, children }: Props) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  const { pressed } = at;
  useEffect(() => () => pressed?.focus({ preventScroll: true }), [pressed]);
  const phone = usePhone();
  if (phone) {
    return (
      <Drawer
        opened
        onClose={onClose}
        position="bottom"
        size="auto"
        title={label}
        classNames={{ content: styles['sheet'] ?? '' }}
        closeButtonProps={{ 'aria-label': t('agenda.close') }}
      >
        {children}
      </Drawer>
    );
  }
  return (
    <Popover
      opened
      onChange={(opened) => {
        if (!opened) onClose();
      }}
      width={360}
      position="right"
      withArrow
      trapFocus
      shadow="md"
      zIndex={300}
      withRoles={false} // the target is a point, which opens nothing
    >
      <Popover.Target>
        <span className={styles['anchor']} style={{ left: at.x, top: at.y }} />
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={label}>{children}</Popover.Dropdown>
    </Popover>
  );
}
