/** A button that shows its key and answers to it. */
import { Button, Kbd, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useShortcut } from '@/lib/keys/keys';

interface Props extends ButtonProps {
  readonly shortcut: string;
  readonly label: string;
  readonly onRun: () => void;
  readonly icon?: ReactNode;
}

export function ShortcutButton({ shortcut, label, onRun, icon, ...rest }: Props) {
  useShortcut(shortcut, label, onRun, rest.disabled !== true);
  return (
    <Button {...rest} onClick={onRun} leftSection={icon} rightSection={<Kbd size="xs" visibleFrom="sm">{shortcut.toUpperCase()}</Kbd>}>
      {label}
    </Button>
  );
}
