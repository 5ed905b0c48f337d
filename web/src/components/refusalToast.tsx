/** A refusal in words, with its way out where the reader may do it all the same. */
import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { UNDO_MS } from '@/lib/undo/undo';

export function toastRefusal(words: string, wayOut?: { readonly label: string; readonly run: () => void }): void {
  const id = crypto.randomUUID();
  const take = () => {
    notifications.hide(id);
    wayOut?.run();
  };
  notifications.show({
    id,
    withBorder: true,
    color: 'danger',
    autoClose: UNDO_MS,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="md">{words}</Text>
        {wayOut && (
          <Button size="compact-sm" variant="subtle" flex="none" onClick={take}>
            {wayOut.label}
          </Button>
        )}
      </Group>
    ),
  });
}
