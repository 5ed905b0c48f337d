/** What each role may do, read from the one permission table of the server; a phone shows one role at a time. */
import { Select, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { rightName, rightsQuery } from '@/lib/team/rights';
import styles from './Team.module.css';
import { ROLES } from './queries';

export function Rights() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <div>
      <h2 className={styles['fold']}>
        <UnstyledButton aria-expanded={open} aria-controls="team-rights-table" onClick={() => setOpen(!open)} className={styles['foldButton']}>
          <IconChevronRight size={18} aria-hidden data-open={open} />
          <span id="team-rights">{t('team.rights')}</span>
        </UnstyledButton>
      </h2>
      <div id="team-rights-table">{open && <Table />}</div>
    </div>
  );
}

function Table() {
  const { t } = useTranslation();
  const query = useQuery(rightsQuery);
  const phone = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });
  const [chosen, setChosen] = useState<(typeof ROLES)[number]>('setter');
  if (query.isPending) return <Waiting rows={10} />;
  if (query.isError) return <ErrorBox error={query.error} retry={() => void query.refetch()} />;
  const { items } = query.data;
  const roles = phone ? query.data.roles.filter((role) => role === chosen) : query.data.roles;
  return (
    <div className={styles['matrix']} role="region" aria-labelledby="team-rights">
      {phone && (
        <Select
          label={t('team.column.role')}
          size="md"
          mb="sm"
          data={query.data.roles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
          value={chosen}
          onChange={(role) => setChosen(ROLES.find((known) => known === role) ?? chosen)}
          allowDeselect={false}
        />
      )}
      <table>
        <thead>
          <tr>
            <th scope="col">{t('team.column.right')}</th>
            {roles.map((role) => (
              <th key={role} scope="col">
                {t(`role.${role}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map(({ permission, scopes }) => (
            <tr key={permission}>
              <th scope="row">{rightName(permission, t)}</th>
              {roles.map((role) => {
                const scope = scopes[role] ?? 'none';
                return (
                  <td key={role} data-scope={scope}>
                    {t(`reach.${scope}`)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
