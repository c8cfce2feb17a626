-- The roles of the hub on a PostgreSQL of your own, and its database: once, as whoever may create roles.
-- psql -v owner_password=… -v hub_password=… -v backup_password=… -f docs/roles.sql postgres
create role passerelle_owner login password :'owner_password'; -- migrates, runs the jobs
create role passerelle_hub   login password :'hub_password';   -- all else, bound by row-level security
create role passerelle_figures nologin; -- counts: the hub becomes it for a step (docs/adr/0032)
alter role passerelle_hub noinherit;
grant passerelle_figures to passerelle_hub;
create role passerelle_backup login bypassrls password :'backup_password'; -- reads all rows, for backups alone
grant pg_read_all_data to passerelle_backup;
create database passerelle owner passerelle_owner;

-- what the hub asks of each connection; it says so itself, except through a pooler, where the role must bring it along
alter role passerelle_hub in database passerelle set search_path = 'public';
alter role passerelle_hub in database passerelle set statement_timeout = '15s';
alter role passerelle_hub in database passerelle set idle_in_transaction_session_timeout = '30s';
alter role passerelle_hub in database passerelle set pg_trgm.strict_word_similarity_threshold = '0.4';
