@echo off
rem Starts Kustomer Sync from any directory. JAVA_HOME: which Java, 17 or newer.
rem KUSTOMER_SYNC_JAVA_OPTS: options for Java, e.g. -Xmx1g
setlocal
for %%I in ("%~dp0..") do set "SYNC_HOME=%%~fI"
set "SYNC_JAVA=java"
if defined JAVA_HOME set "SYNC_JAVA=%JAVA_HOME%\bin\java"
"%SYNC_JAVA%" --list-modules >nul 2>nul
if errorlevel 1 (
  echo kustomer-sync: no Java 17 found; install it, or let JAVA_HOME name it 1>&2
  exit /b 2
)
"%SYNC_JAVA%" -XX:+UseSerialGC -XX:NewRatio=1 -XX:SurvivorRatio=4 -Xshare:auto -Xmx512m -XX:+ExitOnOutOfMemoryError -Dfile.encoding=UTF-8 %KUSTOMER_SYNC_JAVA_OPTS% -Dkustomer.home="%SYNC_HOME%" -cp "%SYNC_HOME%\lib\*" io.kustomersync.cli.KustomerSync %*
exit /b %ERRORLEVEL%
