package io.diskvault.scheduler;

import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.jdbc.DataSourceResolver;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.simpl.SimpleThreadPool;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/// Quartz on the application's own database. All nodes on one database are one cluster, in which each alarm rings on
/// one node.
@Factory
final class QuartzFactory {
    /// What the nodes of a cluster have in common; the rows in Quartz's tables carry it.
    private static final String CLUSTER = "diskvault";

    /// Wake-ups only read and queue; the work is done by the job workers.
    private static final int THREADS = 3;

    /// The scheduler, not yet started.
    @Singleton
    @Bean(preDestroy = "shutdown")
    Scheduler quartz(DataSource dataSource, DataSourceResolver resolver, BeanContext beans) throws SchedulerException {
        String node = UUID.randomUUID().toString();
        // The resolved source hands out connections outside of the framework's transactions: Quartz has its own.
        DBConnectionManager.getInstance().addConnectionProvider(node, new Connections(resolver.resolve(dataSource)));
        Scheduler quartz = create(settings(node));
        quartz.setJobFactory(
                (ring, scheduler) -> beans.getBean(ring.getJobDetail().getJobClass()));
        return quartz;
    }

    /// Quartz keeps a register of schedulers in the process and gives a second server in it, as in tests, the first
    /// one's scheduler, because members of a cluster have one name. Nobody here needs the register.
    private static Scheduler create(Properties settings) throws SchedulerException {
        synchronized (QuartzFactory.class) {
            Scheduler quartz = new StdSchedulerFactory(settings).getScheduler();
            SchedulerRepository.getInstance().remove(CLUSTER);
            return quartz;
        }
    }

    private static Properties settings(String node) {
        Properties settings = new Properties();
        settings.setProperty("org.quartz.scheduler.instanceName", CLUSTER);
        // Not AUTO: that asks for the host's name, which not every container can resolve.
        settings.setProperty("org.quartz.scheduler.instanceId", node);
        settings.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        settings.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
        settings.setProperty("org.quartz.threadPool.class", SimpleThreadPool.class.getName());
        settings.setProperty("org.quartz.threadPool.threadCount", Integer.toString(THREADS));
        settings.setProperty("org.quartz.threadPool.threadNamePrefix", "schedule");
        settings.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
        settings.setProperty("org.quartz.jobStore.class", JobStoreTX.class.getName());
        settings.setProperty("org.quartz.jobStore.driverDelegateClass", PostgreSQLDelegate.class.getName());
        settings.setProperty("org.quartz.jobStore.dataSource", node);
        settings.setProperty("org.quartz.jobStore.tablePrefix", "qrtz_");
        settings.setProperty("org.quartz.jobStore.useProperties", "true");
        settings.setProperty("org.quartz.jobStore.isClustered", "true");
        settings.setProperty("org.quartz.jobStore.makeThreadsDaemons", "true");
        return settings;
    }

    /// The application's pool, which Quartz may use but not close.
    private record Connections(DataSource dataSource) implements ConnectionProvider {
        @Override
        public Connection getConnection() throws SQLException {
            return dataSource.getConnection();
        }

        @Override
        public void initialize() {}

        @Override
        public void shutdown() {}
    }
}
