# First: mvn -B -DskipTests package. Then: docker build -t kustomer-sync .
FROM eclipse-temurin:17-jre
RUN useradd --system --uid 10001 --home-dir /opt/kustomer-sync --shell /usr/sbin/nologin kustomer-sync \
 && install -d -o kustomer-sync -g kustomer-sync -m 0750 /var/lib/kustomer-sync
COPY target/kustomer-sync/ /opt/kustomer-sync/
# Data outside the image; settings come from KUSTOMER_… variables or an application.properties mounted over ours.
RUN ln -s /var/lib/kustomer-sync /opt/kustomer-sync/data
VOLUME /var/lib/kustomer-sync
USER kustomer-sync
# exec form, and the script execs Java: SIGTERM reaches it and ends it in good order within 10 s.
ENTRYPOINT ["/opt/kustomer-sync/bin/kustomer-sync"]
CMD ["run"]
