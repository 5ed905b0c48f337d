/** One key: its name and end, in whose name it acts, what it may do, when it was last used and when it ends. */
import { Button, Group } from '@mantine/core';
import { IconAlertTriangle, IconBan, IconClockOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { Ago } from '@/components/Time';
import { dated } from '@/lib/i18n/format';
import { rightName, type Right } from '@/lib/team/rights';
import type { MeaningName } from '@/lib/theme/tokens';
import { useNow } from '@/lib/time/useNow';
import styles from './ApiKeys.module.css';
import type { ApiKey } from './queries';
import { stateOf } from './scopes';

export type Act = 'rotate' | 'revoke';

const MOST_SHOWN = 3;
const BADGES = {
  revoked: ['muted', IconBan],
  expired: ['note', IconClockOff],
  shut: ['note', IconAlertTriangle],
} as const satisfies Record<string, readonly [MeaningName, typeof IconBan]>;

interface Props {
  readonly apiKey: ApiKey;
  /** How many rights keys can have at all. */
  readonly offered: number;
  readonly onAct: ((act: Act) => void) | null;
}

export function KeyLine({ apiKey, offered, onAct }: Props) {
  const { t, i18n } = useTranslation();
  const state = stateOf(apiKey, useNow());
  const badge = state === 'live' ? null : BADGES[state];
  const StateIcon = badge?.[1];
  return (
    <li className={styles['line']}>
      <div className={styles['words']}>
        <span className={styles['name']}>
          {apiKey.name} <code>nxk_…{apiKey.hint}</code>
          {badge && StateIcon && state !== 'live' && (
            <Badge meaning={badge[0]} icon={<StateIcon size={14} aria-hidden />}>
              {t(`apiKeys.state.${state}`)}
            </Badge>
          )}
        </span>
        <span className={styles['text']}>
          {t('apiKeys.inNameOf', { name: apiKey.user_name, role: t(`role.${apiKey.role}`) })} · <Scopes scopes={apiKey.scopes} offered={offered} />
        </span>
        <span className={styles['text']}>
          {apiKey.last_used_at ? (
            <>
              {t('apiKeys.lastUsed')} <Ago at={apiKey.last_used_at} />
            </>
          ) : (
            t('apiKeys.neverUsed')
          )}
          {state === 'live' && <> · {apiKey.expires_at ? t('apiKeys.ends', { at: dated(apiKey.expires_at, i18n.language) }) : t('apiKeys.endsNever')}</>}
        </span>
      </div>
      {onAct && state !== 'revoked' && (
        <Group gap="xs" wrap="nowrap" className={styles['acts'] ?? ''}>
          <Button size="compact-sm" variant="default" aria-label={t('apiKeys.rotateName', { name: apiKey.name })} onClick={() => onAct('rotate')}>
            {t('apiKeys.rotate')}
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            color="danger"
            aria-label={t('apiKeys.revokeName', { name: apiKey.name })}
            onClick={() => onAct('revoke')}
          >
            {t('apiKeys.revoke')}
          </Button>
        </Group>
      )}
    </li>
  );
}

/** The first few rights in words; the rest on hover. */
function Scopes({ scopes, offered }: { readonly scopes: readonly string[]; readonly offered: number }) {
  const { t } = useTranslation();
  if (scopes.length === offered) return t('apiKeys.everything');
  const names = scopes.map((scope) => rightName(scope as Right, t));
  const more = names.length - MOST_SHOWN;
  return (
    <span title={names.join(', ')}>
      {names.slice(0, MOST_SHOWN).join(', ')}
      {more > 0 && ` ${t('apiKeys.andMore', { count: more })}`}
    </span>
  );
}
