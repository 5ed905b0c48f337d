/** Every key that works now, and the switch for letters. */
import { Group, Kbd, Modal, Stack, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackCloses } from '@/lib/history/back';
import { enableLetters, lettersEnabled, useShortcuts } from '@/lib/keys/keys';

export default function Help({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  const [letters, setLetters] = useState(lettersEnabled());
  return (
    <Modal opened onClose={onClose} title={t('keys.help')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="sm">
        {[...useShortcuts(), { keys: 'F6', label: t('keys.region') }].map(({ keys, label }) => (
          <Group key={keys} justify="space-between">
            <Text>{label}</Text>
            <Kbd>{keys.length === 1 || keys.includes(' ') ? keys.toUpperCase() : keys}</Kbd>
          </Group>
        ))}
        <Switch
          label={t('keys.letters')}
          checked={letters}
          onChange={(event) => {
            enableLetters(event.currentTarget.checked);
            setLetters(event.currentTarget.checked);
          }}
        />
      </Stack>
    </Modal>
  );
}
