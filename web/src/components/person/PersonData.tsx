/** A person's own rights on their page: their data handed out, and erased. */
import { ActionIcon } from '@mantine/core';
import { IconDots, IconDownload, IconEraser } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionMenu } from '@/components/ActionMenu';
import { exportAddress, type Named } from '@/lib/privacy/privacy';

const ErasePerson = lazy(() => import('./ErasePerson'));

interface Props {
  readonly named: Named;
  readonly onErased: () => Promise<void>;
}

export default function PersonData({ named, onErased }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [erasing, setErasing] = useState(false);
  const items = [
    {
      key: 'export',
      label: t('privacy.export'),
      hint: t('privacy.exportHint'),
      icon: <IconDownload size={16} aria-hidden />,
      onRun: () => window.location.assign(exportAddress(named)),
    },
    {
      key: 'erase',
      label: t('privacy.erase'),
      hint: t('privacy.eraseHint'),
      icon: <IconEraser size={16} aria-hidden />,
      onRun: () => setErasing(true),
    },
  ];
  return (
    <>
      <ActionMenu title={t('privacy.ofPerson')} sections={[{ key: 'person', items }]} opened={opened} onChange={setOpened}>
        <ActionIcon variant="default" size={36} aria-label={t('privacy.ofPerson')}>
          <IconDots size={18} />
        </ActionIcon>
      </ActionMenu>
      <Suspense>{erasing && <ErasePerson named={named} onClose={() => setErasing(false)} onErased={onErased} />}</Suspense>
    </>
  );
}
