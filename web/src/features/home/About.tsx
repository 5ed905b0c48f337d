/** «?»: what a figure counts, for the pointer, the keyboard and the finger alike. */
import { Popover } from '@mantine/core';
import { IconHelpCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './Home.module.css';

export function About({ label, children }: { readonly label: string; readonly children: string }) {
  const { t } = useTranslation();
  return (
    <Popover width={280} position="bottom" shadow="md" withArrow>
      <Popover.Target>
        <button type="button" className={styles['about']} aria-label={t('home.what', { figure: label })}>
          <IconHelpCircle size={16} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown>{children}</Popover.Dropdown>
    </Popover>
  );
}
