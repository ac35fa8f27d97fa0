create table people (
  id varchar(512) primary key,
  name varchar,
  updated_at timestamp(9) with time zone,
  rev bigint
);
