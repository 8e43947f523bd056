@echo off
rem Removes So sang kien @VERSION@ from this user's Excel, and then from the PC. ASCII only, run by cmd.exe.
rem   /khong-cho   do not ask and do not wait
setlocal EnableExtensions DisableDelayedExpansion
set "HERE=%~dp0"
set "SYS=%SystemRoot%\System32"
set "TARGET=C:\CongDoan\sangkien"
set "ENVIRONMENT=%TARGET%\moi-truong"
set "PYTHONHOME="
set "PYTHONPATH="
set "RESULT=1"
set "NO_WAIT="
if /i "%~1"=="/khong-cho" set "NO_WAIT=1"
"%SYS%\chcp.com" 65001 >nul
title So sang kien @VERSION@
pushd "%HERE%"

if defined NO_WAIT goto agreed
set "ANSWER="
set /p "ANSWER=Go So sang kien khoi Excel va khoi may nay? Cac thu muc chien dich van con. Go C roi Enter de dong y: "
if /i not "%ANSWER%"=="C" goto end

:agreed
if not exist "%ENVIRONMENT%\Scripts\python.exe" goto no_environment
"%ENVIRONMENT%\Scripts\python.exe" -I -m addin.cli uninstall
if errorlevel 1 goto uninstall_failed

:no_environment
rem A Python that cai-dat.cmd installed goes through its own installer, which lies in the bundle still.
if not exist "%TARGET%\python\python.exe" goto remove_folder
set "INSTALLER="
if not exist "python\SHA256SUMS" goto python_stays
for /f "usebackq tokens=2" %%B in ("python\SHA256SUMS") do call :pin "%%B"
if not defined INSTALLER goto python_stays
if not exist "python\%INSTALLER%" goto python_stays
start "" /wait "python\%INSTALLER%" /uninstall /quiet

:remove_folder
if exist "%TARGET%\" rmdir /s /q "%TARGET%"
if exist "%TARGET%\" goto folder_stays
rmdir "C:\CongDoan" 2>nul
set "RESULT=0"
echo Da go xong.
goto end

:python_stays
rmdir /s /q "%ENVIRONMENT%"
echo Con lai Python trong %TARGET%\python. Xin go bang Settings - Apps - Python 3.12, roi xoa thu muc %TARGET%.
goto end
:uninstall_failed
echo Chua go duoc (xem dong tren). Chua co gi bi xoa khoi %TARGET%.
goto end
:folder_stays
echo Khong xoa het duoc %TARGET%: khong du quyen, hoac mot chuong trinh dang dung. Xin khoi dong lai may roi chay lai.
goto end

:end
popd
if not defined NO_WAIT pause
exit /b %RESULT%

:pin
set "INSTALLER=%~1"
set "INSTALLER=%INSTALLER:~1%"
exit /b 0
