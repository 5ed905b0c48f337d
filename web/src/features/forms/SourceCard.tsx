/** One source: its address to share, how many came, Meta's connection, and the newest of what came. */
import { Button, Group, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconDots, IconExternalLink, IconKey, IconPencil, IconPlayerPause, IconPower } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionMenu } from '@/components/ActionMenu';
import { Badge } from '@/components/Badge';
import { CopyText } from '@/components/CopyText';
import { Ago } from '@/components/Time';
import { toast, toastProblem } from '@/components/toast';
import styles from './Forms.module.css';
import { changeSource, embedCode, rotateSecret, sourcesKey, type Source } from './queries';
import { MappingEditor } from './MappingEditor';
import { QrShare } from './QrShare';
import { ReceivedList } from './ReceivedList';

interface Props {
  readonly source: Source;
  readonly writable: boolean;
  readonly onEdit: () => void;
  readonly onSecret: (secret: string) => void;
}

export function SourceCard({ source, writable, onEdit, onSecret }: Props) {
  const { t } = useTranslation();
  const [listed, setListed] = useState(false);
  const [shared, setShared] = useState(false);
  const [mapped, setMapped] = useState(false);
  const id = `source-${source.id}`;
  return (
    <section className={styles['card']} aria-labelledby={id}>
      <Group gap="sm" justify="space-between" wrap="nowrap" align="flex-start">
        <div className={styles['named']}>
          <Title order={2} size="h4" id={id}>
            {source.name}
          </Title>
          <Text size="sm" c="var(--nx-text2)">
            {t(`forms.kind.${source.kind}`)} · {t('forms.received', { count: source.received })}
            {source.last_received_at && (
              <>
                {' · '}
                {t('forms.last')} <Ago at={source.last_received_at} />
              </>
            )}
          </Text>
        </div>
        <Group gap="xs" wrap="nowrap">
          <State source={source} />
          {writable && <Acts source={source} onEdit={onEdit} onSecret={onSecret} />}
        </Group>
      </Group>
      {source.problem && (
        <Text size="sm" c="var(--nx-note-fg)">
          {t(`forms.problem.${source.problem}`)}
        </Text>
      )}
      <Group gap="sm">
        {source.kind === 'form' && source.active && (
          <Button component="a" href={source.url} target="_blank" rel="noopener" variant="default" leftSection={<IconExternalLink size={16} aria-hidden />}>
            {t('forms.open')}
          </Button>
        )}
        <Button variant="default" aria-expanded={shared} onClick={() => setShared(!shared)}>
          {source.kind === 'form' ? t('forms.share') : t('forms.connect')}
        </Button>
        <Button variant="subtle" aria-expanded={listed} onClick={() => setListed(!listed)}>
          {listed ? t('forms.hideList') : t('forms.showList')}
        </Button>
        {source.kind === 'page' && (
          <Button variant="subtle" aria-expanded={mapped} onClick={() => setMapped(!mapped)}>
            {t('forms.mapping.open')}
          </Button>
        )}
      </Group>
      {shared && (
        <div className={styles['share']}>
          <CopyText label={t(`forms.address.${source.kind}`)} text={source.url} />
          {source.kind === 'form' && <QrShare link={source.url} name={source.name} />}
          {source.kind === 'form' && <CopyText label={t('forms.embed')} text={embedCode(source)} />}
          {source.kind !== 'form' && (
            <Text size="sm" c="var(--nx-text2)">
              {t(`forms.how.${source.kind}`)}
            </Text>
          )}
        </div>
      )}
      {mapped && <MappingEditor source={source} writable={writable} />}
      {listed && <ReceivedList source={source} />}
    </section>
  );
}

function State({ source }: { readonly source: Source }) {
  const { t } = useTranslation();
  if (!source.active) {
    return (
      <Badge meaning="muted" icon={<IconPlayerPause size={14} aria-hidden />}>
        {t('forms.state.off')}
      </Badge>
    );
  }
  return source.problem ? (
    <Badge meaning="note" icon={<IconAlertTriangle size={14} aria-hidden />}>
      {t('forms.state.problem')}
    </Badge>
  ) : (
    <Badge meaning="ok" icon={<IconCheck size={14} aria-hidden />}>
      {t('forms.state.on')}
    </Badge>
  );
}

function Acts({ source, onEdit, onSecret }: Omit<Props, 'writable'>) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [opened, setOpened] = useState(false);
  const anew = () => cache.invalidateQueries({ queryKey: sourcesKey });
  const switching = useMutation({
    mutationFn: (active: boolean) => changeSource(source.id, { active }),
    onSuccess: ({ name, active }) =>
      toast(active ? t('forms.switchedOn', { name }) : t('forms.switchedOff', { name }), () => switching.mutate(!active)),
    onError: toastProblem,
    onSettled: anew,
  });
  const rotating = useMutation({
    mutationFn: () => rotateSecret(source.id),
    onSuccess: ({ secret }) => secret && onSecret(secret),
    onError: toastProblem,
    onSettled: anew,
  });
  const rotate = { key: 'rotate', label: t('forms.rotate'), hint: t('forms.rotateMeans'), icon: <IconKey size={16} aria-hidden />, onRun: () => rotating.mutate() };
  return (
    <ActionMenu
      title={source.name}
      opened={opened}
      onChange={setOpened}
      sections={[
        {
          key: 'acts',
          items: [
            { key: 'edit', label: t('forms.editing'), icon: <IconPencil size={16} aria-hidden />, onRun: onEdit },
            ...(source.kind === 'hook' ? [rotate] : []),
            {
              key: 'switch',
              label: source.active ? t('forms.switchOff') : t('forms.switchOn'),
              icon: <IconPower size={16} aria-hidden />,
              onRun: () => switching.mutate(!source.active),
            },
          ],
        },
      ]}
    >
      <Button variant="subtle" px={10} aria-label={t('forms.more', { name: source.name })}>
        <IconDots size={18} aria-hidden />
      </Button>
    </ActionMenu>
  );
}
