/** The keys of one service: what they serve, whether they are in use, and each with its mask and last change. */
import { Button, Group as Row, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconFlask } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { Ago } from '@/components/Time';
import { useMemberName } from '@/lib/team/team';
import type { MeaningName } from '@/lib/theme/tokens';
import type { Group, GroupState } from './groups';
import type { Asked } from './IntegrationsPage';
import styles from './Integrations.module.css';
import type { Credential } from './queries';
import { groupName, kindName, servesWords } from './words';

interface Props {
  readonly group: Group;
  readonly writable: boolean;
  readonly onAsk: (asked: Asked) => void;
}

const STATES: Readonly<Record<GroupState, readonly [MeaningName, ReactNode]>> = {
  demo: ['note', <IconFlask key="demo" size={14} aria-hidden />],
  real: ['ok', <IconCircleCheck key="real" size={14} aria-hidden />],
  partly: ['danger', <IconAlertTriangle key="partly" size={14} aria-hidden />],
  missing: ['muted', <IconCircleDashed key="missing" size={14} aria-hidden />],
};

export function GroupCard({ group, writable, onAsk }: Props) {
  const { t } = useTranslation();
  const name = groupName(group, t);
  const [meaning, icon] = STATES[group.state];
  const id = `vault-${group.id.replace(' ', '-')}`;
  return (
    <section className={styles['group']} aria-labelledby={id}>
      <Row gap="sm" justify="space-between" wrap="nowrap" align="flex-start">
        <Title order={2} id={id}>
          {name}
        </Title>
        <Badge meaning={meaning} icon={icon}>
          {t(`vault.state.${group.state}`)}
        </Badge>
      </Row>
      <Text size="sm" c="var(--nx-text2)">
        {servesWords(group, t)}
        {group.state === 'demo' && ` ${t(`vault.demo.${group.service}`)}`}
      </Text>
      {group.provider === 'google' && (
        <Text size="sm">
          <Link to="/calendars">{t('vault.calendars')}</Link>
        </Text>
      )}
      <ul className={styles['keys']}>
        {group.keys.map((credential) => (
          <Key key={credential.name} credential={credential} group={name} writable={writable} onAsk={onAsk} />
        ))}
      </ul>
    </section>
  );
}

interface KeyProps {
  readonly credential: Credential;
  readonly group: string;
  readonly writable: boolean;
  readonly onAsk: (asked: Asked) => void;
}

function Key({ credential, group, writable, onAsk }: KeyProps) {
  const { t } = useTranslation();
  const writer = useMemberName(credential.updated_by);
  const kind = kindName(credential, t);
  const name = `${kind}, ${group}`;
  const set = credential.masks.length > 0;
  return (
    <li className={styles['key']}>
      <span className={styles['kind']}>{kind}</span>
      <span className={styles['mask']} data-set={set}>
        {set ? credential.masks.join(' · ') : t('vault.none')}
      </span>
      <span className={styles['changed']}>
        {credential.updated_at && (
          <>
            {t('vault.changed')} <Ago at={credential.updated_at} /> {writer && t('vault.by', { name: writer })}
          </>
        )}
      </span>
      {writable && (
        <Row gap="xs" wrap="nowrap" className={styles['acts']}>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={set ? t('vault.replaceName', { name }) : t('vault.setName', { name })}
            onClick={() => onAsk({ act: 'set', credential, group })}
          >
            {set ? t('vault.replace') : t('vault.set')}
          </Button>
          {set && (
            <Button
              size="compact-sm"
              variant="subtle"
              color="danger"
              aria-label={t('vault.deleteName', { name })}
              onClick={() => onAsk({ act: 'delete', credential, group })}
            >
              {t('vault.delete')}
            </Button>
          )}
        </Row>
      )}
    </li>
  );
}
