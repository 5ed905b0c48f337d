/** Whose lead it is; who may not give it away reads the name only. */
import { Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { can, useMe } from '@/lib/session/session';
import { useMemberName, useTeam } from '@/lib/team/team';

const NOBODY = 'nobody';

interface Props {
  readonly owner: number | null;
  readonly onOwner: (owner: number | null) => void;
  readonly label?: string;
}

export function OwnerSelect({ owner, onOwner, label }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const team = useTeam();
  const name = useMemberName(owner);
  const shown = name ?? t('leads.owner.nobody');
  if (!can(me, 'leads.assign')) {
    return (
      <Text size="sm" c="var(--nx-text2)">
        {t('leads.owner.is', { name: shown })}
      </Text>
    );
  }
  const members = team.filter((member) => member.active || member.id === owner);
  return (
    <Select
      {...(label ? { label } : { 'aria-label': t('leads.column.owner') })}
      data={[
        { value: NOBODY, label: t('leads.owner.nobody') },
        ...members.map(({ id, name: each }) => ({ value: String(id), label: each })),
      ]}
      value={owner === null ? NOBODY : String(owner)}
      onChange={(value) => value && onOwner(value === NOBODY ? null : Number(value))}
      allowDeselect={false}
      searchable={members.length > 8}
    />
  );
}
