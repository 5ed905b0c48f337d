/** A link that is shown this once, to be handed over: where no mail leaves, the ceo is its messenger. */
import { Button, CopyButton, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useBackCloses } from '@/lib/history/back';

export function LinkToCopy({ link, label, hint }: { readonly link: string; readonly label: string; readonly hint: string }) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <Text>{hint}</Text>
      <Group gap="sm" align="flex-end">
        <TextInput readOnly aria-label={label} value={link} flex="1 1 240px" onFocus={(event) => event.currentTarget.select()} />
        <CopyButton value={link} timeout={3000}>
          {({ copied, copy }) => (
            <Button data-autofocus onClick={copy} leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}>
              {copied ? t('team.copied') : t('team.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Stack>
  );
}

interface Props {
  readonly link: string;
  readonly title: string;
  readonly hint: string;
  readonly onClose: () => void;
}

export function ShownLink({ link, title, hint, onClose }: Props) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <LinkToCopy link={link} label={title} hint={hint} />
    </Modal>
  );
}
