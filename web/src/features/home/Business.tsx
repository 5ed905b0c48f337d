/** The business in figures: six of them, the funnel and what feeds it; each number opens the rows that it counts. */
import { Button, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import type { Me } from '@/lib/session/session';
import { useNow } from '@/lib/time/useNow';
import { Cost, Forecast, Lost, Sellers, Sources } from './Blocks';
import { Funnel } from './Funnel';
import styles from './Home.module.css';
import { PeriodPicker } from './PeriodPicker';
import { reportQuery, type Report } from './queries';
import { Ready } from './Ready';
import { RowsDrawer } from './RowsDrawer';
import { asked, todayIn, type FigureName, type HomeSearch, type Part } from './search';
import { SixFigures } from './SixFigures';

interface Props {
  readonly me: Me;
  readonly search: HomeSearch;
  readonly onPeriod: (period: HomeSearch) => void;
  readonly onRows: OnRows;
  readonly onClose: () => void;
}

export type OnRows = (figure: FigureName, part?: Part) => void;

export function Business({ me, search, onPeriod, onRows, onClose }: Props) {
  const { t } = useTranslation();
  const today = todayIn(me.tenant.zone, useNow());
  const days = asked(search, today);
  const query = useQuery(reportQuery(days));
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <Title order={1}>{t('place.home')}</Title>
        <PeriodPicker search={search} today={today} onPeriod={onPeriod} />
      </header>
      <Ready demo={me.tenant.mode === 'demo'} />
      {query.isPending && <Waiting rows={6} height={96} />}
      {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.data && (isEmpty(query.data) ? <Nothing demo={me.tenant.mode === 'demo'} /> : <Parts report={query.data} onRows={onRows} />)}
      {search.rows && <RowsDrawer figure={search.rows} part={search} days={days} onClose={onClose} />}
    </div>
  );
}

function Parts({ report, onRows }: { readonly report: Report; readonly onRows: OnRows }) {
  return (
    <>
      <SixFigures report={report} onRows={onRows} />
      <div className={styles['blocks']}>
        <div className={styles['side']}>
          <Funnel report={report} onRows={onRows} />
          <div className={styles['pair']}>
            <Cost report={report} onRows={onRows} />
            <Forecast report={report} />
          </div>
        </div>
        <div className={styles['side']}>
          <Sources report={report} onRows={onRows} />
          <Lost report={report} onRows={onRows} />
        </div>
      </div>
      <Sellers report={report} onRows={onRows} />
    </>
  );
}

function Nothing({ demo }: { readonly demo: boolean }) {
  const { t } = useTranslation();
  return (
    <Empty
      action={
        demo && (
          <Button component={Link} to="/simulator">
            {t('home.simulate')}
          </Button>
        )
      }
    >
      {demo ? t('home.empty') : t('home.emptyLive')}
    </Empty>
  );
}

function isEmpty({ figures, before }: Report): boolean {
  return [figures, before].every(({ leads, bookings, shown, missed, revenue, model_calls: calls }) => leads + bookings + shown + missed + revenue.length + calls === 0);
}
