/** Everyone who was let in: who, as what, since when. One's own account is changed by another ceo. */
import { Button, Select } from '@mantine/core';
import { IconBan, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { day } from '@/lib/i18n/format';
import { useMe } from '@/lib/session/session';
import type { Changes } from './change';
import { ResetTotpDialog } from './ResetTotpDialog';
import { SuspendDialog } from './SuspendDialog';
import styles from './Team.module.css';
import { ROLES, type Account } from './queries';

interface Props {
  readonly accounts: readonly Account[];
  readonly changes: Changes;
}

export function People({ accounts, changes }: Props) {
  const { t } = useTranslation();
  const [suspending, setSuspending] = useState<Account | null>(null);
  const [resetting, setResetting] = useState<Account | null>(null);
  return (
    <>
      <p className={styles['hint']}>{t('team.roleHint')}</p>
      <table className={styles['people']}>
        <thead>
          <tr>
            <th scope="col">{t('team.column.name')}</th>
            <th scope="col">{t('team.column.role')}</th>
            <th scope="col">{t('team.column.since')}</th>
            <th scope="col">{t('team.column.access')}</th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <Person
              key={account.id}
              account={account}
              changes={changes}
              onSuspend={() => setSuspending(account)}
              onReset={() => setResetting(account)}
            />
          ))}
        </tbody>
      </table>
      {resetting && (
        <ResetTotpDialog
          account={resetting}
          onClose={() => setResetting(null)}
          onConfirm={() => {
            changes.resetTotp(resetting);
            setResetting(null);
          }}
        />
      )}
      {suspending && (
        <SuspendDialog
          account={suspending}
          onClose={() => setSuspending(null)}
          onConfirm={() => {
            changes.suspend(suspending);
            setSuspending(null);
          }}
        />
      )}
    </>
  );
}

interface PersonProps {
  readonly account: Account;
  readonly changes: Changes;
  readonly onSuspend: () => void;
  readonly onReset: () => void;
}

function Person({ account, changes, onSuspend, onReset }: PersonProps) {
  const { t, i18n } = useTranslation();
  const own = useMe().user.id === account.id;
  const { name } = account;
  return (
    <tr data-status={account.status} data-wide={own || account.totp}>
      <th scope="row" className={styles['who']}>
        <strong>
          {name}
          {own && <span className={styles['you']}> · {t('team.you')}</span>}
        </strong>
        <span className={styles['email']}>{account.email}</span>
        {account.totp && (
          <span className={styles['protected']}>
            <IconShieldCheck size={14} aria-hidden /> {t('team.totp')}
          </span>
        )}
      </th>
      <td>
        {own ? (
          t(`role.${account.role}`)
        ) : (
          <Select
            aria-label={t('team.roleOf', { name })}
            size="xs"
            data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
            value={account.role}
            allowDeselect={false}
            onChange={(value) => {
              const role = ROLES.find((known) => known === value);
              if (role && role !== account.role) changes.changeRole(account, role);
            }}
          />
        )}
      </td>
      <td className={styles['since']}>{account.activated_at ? day(account.activated_at, i18n.language) : '–'}</td>
      <td>
        {own && <span className={styles['email']}>{t('team.ownAccount')}</span>}
        {!own && account.totp && (
          <Button size="compact-sm" variant="subtle" aria-label={t('team.resetTotpOf', { name })} onClick={onReset}>
            {t('team.resetTotp')}
          </Button>
        )}
        {!own && account.status === 'active' && (
          <Button size="compact-sm" variant="subtle" color="danger" aria-label={t('team.suspendName', { name })} onClick={onSuspend}>
            {t('team.suspend')}
          </Button>
        )}
        {!own && account.status === 'suspended' && (
          <span className={styles['shut']}>
            <Badge meaning="danger" icon={<IconBan size={14} aria-hidden />}>
              {t('team.isSuspended')}
            </Badge>
            <Button size="compact-sm" variant="default" aria-label={t('team.reactivateName', { name })} onClick={() => changes.reactivate(account)}>
              {t('team.reactivate')}
            </Button>
          </span>
        )}
      </td>
    </tr>
  );
}
