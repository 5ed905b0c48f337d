/** From a spreadsheet into the list, and the list as it is filtered into a spreadsheet. */
import { ActionIcon } from '@mantine/core';
import { IconFileExport, IconFileImport, IconTableExport } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionMenu } from '@/components/ActionMenu';
import { can, useMe } from '@/lib/session/session';
import { exportAddress, type Filters } from './filters';

export default function Files({ filters }: { readonly filters: Filters }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const [opened, setOpened] = useState(false);
  const bring = {
    key: 'in',
    label: t('leads.files.in'),
    icon: <IconFileImport size={16} aria-hidden />,
    onRun: () => void navigate({ to: '/imports' }),
  };
  const take = {
    key: 'out',
    label: t('leads.files.out'),
    icon: <IconFileExport size={16} aria-hidden />,
    onRun: () => location.assign(exportAddress(filters, me.user.id, i18n.language)),
  };
  const items = [...(can(me, 'leads.import') ? [bring] : []), ...(can(me, 'exports') ? [take] : [])];
  return (
    <ActionMenu title={t('leads.files.menu')} sections={[{ key: 'files', items }]} opened={opened} onChange={setOpened}>
      <ActionIcon variant="default" size={36} aria-label={t('leads.files.menu')} onClick={() => setOpened(!opened)}>
        <IconTableExport size={18} aria-hidden />
      </ActionIcon>
    </ActionMenu>
  );
}
