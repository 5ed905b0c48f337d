/** The link that lets people ask to come in; a new one makes the old one worthless. */
import { Button, CopyButton, Group, Modal, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconCheck, IconCopy, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { toast, toastProblem } from '@/components/toast';
import { useBackCloses } from '@/lib/history/back';
import { accountKeys, joinCodeQuery, joinLink, rotateJoinCode } from './queries';

export function JoinLink() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  useBackCloses(asking, () => setAsking(false));
  const query = useQuery(joinCodeQuery);
  const rotating = useMutation({
    mutationFn: rotateJoinCode,
    onSuccess: (code) => {
      cache.setQueryData(accountKeys.code, code);
      toast(t('team.linkRenewed'));
    },
    onError: toastProblem,
    onSettled: () => setAsking(false),
  });
  const link = query.data ? joinLink(query.data) : '';
  return (
    <section aria-labelledby="team-link">
      <Title order={2} id="team-link" mb="xs">
        {t('team.link')}
      </Title>
      <Text c="var(--nx-text2)" mb="sm">
        {t('team.linkHint')}
      </Text>
      {query.isPending && <Skeleton height={36} />}
      {query.isError && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && (
        <Group gap="sm" align="flex-end">
          {link && <TextInput readOnly aria-label={t('team.link')} value={link} flex="1 1 320px" onFocus={(event) => event.currentTarget.select()} />}
          {link && (
            <CopyButton value={link} timeout={3000}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy} leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}>
                  {copied ? t('team.copied') : t('team.copy')}
                </Button>
              )}
            </CopyButton>
          )}
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} aria-hidden />}
            loading={rotating.isPending}
            onClick={() => (link ? setAsking(true) : rotating.mutate())}
          >
            {t('team.renew')}
          </Button>
        </Group>
      )}
      <Modal opened={asking} onClose={() => setAsking(false)} title={t('team.renewTitle')} closeButtonProps={{ 'aria-label': t('close') }}>
        <Stack gap="lg">
          <Text>{t('team.renewText')}</Text>
          <Group justify="flex-end">
            <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
              {t('cancel')}
            </Button>
            <Button color="danger" loading={rotating.isPending} onClick={() => rotating.mutate()}>
              {t('team.renew')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </section>
  );
}
