/** A short notice at the edge, with its way back where there is one. */
import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { asProblem } from '@/lib/api/problem';
import { problemWords } from '@/components/problemWords';
import { offerUndo, UNDO_MS } from '@/lib/undo/undo';

/** A way back that is open while what it takes back is still being saved; its notice comes when that is done. */
export interface WayBack {
  readonly id: string;
  readonly back: () => void;
}

export function wayBack(undo: () => void): WayBack {
  const id = crypto.randomUUID();
  const back = offerUndo(() => {
    notifications.hide(id);
    undo();
  });
  return { id, back };
}

export function toast(message: string, undo?: (() => void) | WayBack): void {
  const { id, back } = typeof undo === 'object' ? undo : undo ? wayBack(undo) : { id: crypto.randomUUID(), back: undefined };
  notifications.show({
    id,
    ...closable(),
    withBorder: true,
    color: 'primary',
    autoClose: UNDO_MS,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="md">{message}</Text>
        {back && (
          <Button size="compact-sm" variant="subtle" flex="none" onClick={back}>
            {i18next.t('undo')}
          </Button>
        )}
      </Group>
    ),
  });
}

/** Something to know that calls for nothing. */
export function notify(message: string): void {
  notifications.show({ ...closable(), color: 'primary', withBorder: true, autoClose: UNDO_MS, message });
}

/** What went wrong with an action that had already been shown as done. */
export function toastProblem(error: unknown): void {
  showProblem(crypto.randomUUID(), problemWords(asProblem(error), i18next.t));
}

/** The same, with the way out that this refusal has. */
export function toastWayOut(error: unknown, label: string, run: () => void): void {
  const id = crypto.randomUUID();
  const leave = () => {
    notifications.hide(id);
    run();
  };
  showProblem(
    id,
    <Group justify="space-between" wrap="nowrap">
      <Text size="md">{problemWords(asProblem(error), i18next.t)}</Text>
      <Button size="compact-sm" variant="subtle" flex="none" onClick={leave}>
        {label}
      </Button>
    </Group>,
  );
}

function showProblem(id: string, message: ReactNode): void {
  notifications.show({ id, ...closable(), color: 'danger', withBorder: true, autoClose: UNDO_MS, message });
}

function closable() {
  return { closeButtonProps: { 'aria-label': i18next.t('close') } };
}
