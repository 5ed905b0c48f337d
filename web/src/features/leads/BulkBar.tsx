/** What can be done with the chosen leads: another stage, another owner; and how many a call takes. */
import { Button, Menu, Text } from '@mantine/core';
import { IconChevronDown, IconX } from '@tabler/icons-react';
import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { withWords } from '@/lib/i18n';
import { stageName, useStages } from '@/lib/pipeline/stages';
import { can, useMe } from '@/lib/session/session';
import { useTeam } from '@/lib/team/team';
import { useChangeLeads } from './change';
import styles from './Leads.module.css';
import { useMoveStage } from './moveStage';
import { MOST_AT_ONCE, type Lead } from './queries';

const BulkMore = lazy(async () => ({ default: (await withWords(import('./BulkMore'))).BulkMore }));

interface Props {
  readonly chosen: readonly Lead[];
  readonly loaded: number;
  readonly onAll: () => void;
  readonly onNone: () => void;
}

export function BulkBar({ chosen, loaded, onAll, onNone }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const stages = useStages();
  const team = useTeam();
  const change = useChangeLeads();
  const { move, question } = useMoveStage();
  const binned = chosen.every(({ deleted_at: at }) => at !== null);
  const tooMany = chosen.length > MOST_AT_ONCE;
  const give = (owner_user_id: number | null, name: string) =>
    change(chosen, { owner_user_id }, t('leads.given', { name, count: chosen.length }));
  return (
    <div className={styles['bulk']} role="toolbar" aria-label={t('leads.bulk')}>
      <Text fw={600} aria-live="polite">
        {t('leads.chosen', { count: chosen.length })}
      </Text>
      {chosen.length < loaded && (
        <Button variant="subtle" size="compact-sm" onClick={onAll}>
          {t('leads.chooseAll', { count: loaded })}
        </Button>
      )}
      {tooMany && (
        <Text size="sm" c="var(--nx-note-fg)">
          {t('leads.tooMany', { most: MOST_AT_ONCE, count: chosen.length - MOST_AT_ONCE })}
        </Text>
      )}
      {!binned && (
        <>
          <Choice label={t('leads.toStage')} disabled={tooMany}>
            {stages.map(({ key }) => (
              <Menu.Item key={key} onClick={() => move(chosen, key)}>
                {stageName(key, stages, t)}
              </Menu.Item>
            ))}
          </Choice>
          {can(me, 'leads.assign') && (
            <Choice label={t('leads.toOwner')} disabled={tooMany}>
              <Menu.Item onClick={() => give(null, t('leads.owner.nobody'))}>{t('leads.owner.nobody')}</Menu.Item>
              {team
                .filter(({ active }) => active)
                .map(({ id, name }) => (
                  <Menu.Item key={id} onClick={() => give(id, name)}>
                    {name}
                  </Menu.Item>
                ))}
            </Choice>
          )}
        </>
      )}
      <Suspense>
        <BulkMore chosen={chosen} disabled={tooMany} onDone={onNone} />
      </Suspense>
      <Button variant="subtle" size="compact-sm" leftSection={<IconX size={14} aria-hidden />} onClick={onNone}>
        {t('leads.chooseNone')}
      </Button>
      {question}
    </div>
  );
}

function Choice({ label, disabled, children }: { readonly label: string; readonly disabled: boolean; readonly children: ReactNode }) {
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <Button variant="default" size="compact-md" disabled={disabled} rightSection={<IconChevronDown size={14} aria-hidden />}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} className={styles['choices'] ?? ''}>
        {children}
      </Menu.Dropdown>
    </Menu>
  );
}
