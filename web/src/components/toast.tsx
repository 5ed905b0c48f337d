/** A short notice at the edge, with its way back where there is one. */
import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { asProblem } from '@/lib/api/problem';
import { problemWords } from '@/components/problemWords';
import { offerUndo, UNDO_MS } from '@/lib/undo/undo';

export function toast(message: string, undo?: () => void): void {
  const id = crypto.randomUUID();
  const back = undo && offerUndo(() => {
    notifications.hide(id);
    undo();
  });
  notifications.show({
    id,
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

export interface WayOut {
  readonly label: string;
  readonly run: () => void;
}

/** What went wrong with an action that had already been shown as done, and the way out where there is one. */
export function toastProblem(error: unknown, way?: WayOut): void {
  const id = crypto.randomUUID();
  const words = problemWords(asProblem(error), i18next.t);
  const leave = () => {
    notifications.hide(id);
    way?.run();
  };
  const message = way ? (
    <Group justify="space-between" wrap="nowrap">
      <Text size="md">{words}</Text>
      <Button size="compact-sm" variant="subtle" flex="none" onClick={leave}>
        {way.label}
      </Button>
    </Group>
  ) : (
    words
  );
  notifications.show({ id, color: 'danger', withBorder: true, autoClose: UNDO_MS, message });
}
